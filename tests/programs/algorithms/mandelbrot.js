// The Mandelbrot set in characters.
"use strict";
var chars = " .:-=+*#%@", lines = [];
for (var y = 0; y < 13; y++) {
    var line = "";
    for (var x = 0; x < 38; x++) {
        var cr = x / 38 * 3 - 2.2, ci = y / 12 * 2.4 - 1.2, zr = 0, zi = 0, n = 0;
        while (zr * zr + zi * zi < 4 && n < 18) { var t = zr * zr - zi * zi + cr; zi = 2 * zr * zi + ci; zr = t; n++; }
        line += chars.charAt(n >> 1);
    }
    lines.push(line + "|");
}
console.log(lines.join("\n"));
