// A least recently used cache with a doubly linked list.
"use strict";
function Lru(size) {
    this.size = size; this.n = 0; this.map = Object.create(null);
    this.head = { k: null }; this.tail = { k: null };
    this.head.next = this.tail; this.tail.prev = this.head;
}
Lru.prototype._cut = function (e) { e.prev.next = e.next; e.next.prev = e.prev; };
Lru.prototype._front = function (e) { e.next = this.head.next; e.prev = this.head; e.next.prev = e; this.head.next = e; };
Lru.prototype.get = function (k) { var e = this.map[k]; if (!e) return undefined; this._cut(e); this._front(e); return e.v; };
Lru.prototype.set = function (k, v) {
    var e = this.map[k];
    if (e) { e.v = v; this._cut(e); this._front(e); return; }
    if (this.n === this.size) { var old = this.tail.prev; this._cut(old); delete this.map[old.k]; this.n--; }
    this._front(this.map[k] = { k: k, v: v }); this.n++;
};
Lru.prototype.keys = function () { var r = [], e = this.head.next; while (e !== this.tail) { r.push(e.k); e = e.next; } return r.join(); };
var c = new Lru(3);
c.set("a", 1); c.set("b", 2); c.set("c", 3);
console.log(c.keys(), c.get("a"), c.keys());
c.set("d", 4);
console.log(c.keys(), c.get("b"), c.get("c"), c.n);
c.set("c", 33);
console.log(c.keys(), c.get("c"));
var hits = 0;
for (var i = 0; i < 300; i++) { var k = "k" + (i * i) % 7; if (c.get(k) !== undefined) hits++; else c.set(k, i); }
console.log(hits, c.keys(), Object.keys(c.map).length);
