// exit: 1
// stderr: Uncaught TypeError: this.paint is not a function
// An error of the runtime in a program that has no handlers, in functions that may have been inlined, in a method.
"use strict";
function Shape(name) {
    this.name = name;
}
Shape.prototype.draw = function (depth) {
    if (depth === 0) {
        return this.paint(depth);
    }
    return this.draw(depth - 1) + 1;
};
function run() {
    var shape = new Shape("square");
    console.log("drawing " + shape.name);
    console.log("drawn " + shape.draw(2));
}
run();
