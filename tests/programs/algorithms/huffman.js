// Huffman coding: a priority queue, a tree and a round trip.
"use strict";
function codes(text) {
    var freq = {}, q = [];
    text.split("").forEach(function (c) { freq[c] = (freq[c] || 0) + 1; });
    Object.keys(freq).sort().forEach(function (c, i) { q.push({ f: freq[c], c: c, id: i }); });
    var id = q.length;
    while (q.length > 1) { q.sort(function (a, b) { return a.f - b.f || a.id - b.id; }); var x = q.shift(), y = q.shift(); q.push({ f: x.f + y.f, l: x, r: y, id: id++ }); }
    var table = {};
    (function walk(n, p) { if (n.c !== undefined) { table[n.c] = p || "0"; return; } walk(n.l, p + "0"); walk(n.r, p + "1"); })(q[0], "");
    return { table: table, tree: q[0] };
}
function decode(bits, tree) { var out = "", n = tree; for (var i = 0; i < bits.length; i++) { if (n.c === undefined) n = bits[i] === "0" ? n.l : n.r; if (n.c !== undefined) { out += n.c; n = tree; } } return out; }
["abracadabra", "mississippi river", "aaaa", "the quick brown fox jumps over the lazy dog"].forEach(function (t) {
    var h = codes(t), bits = t.split("").map(function (c) { return h.table[c]; }).join("");
    console.log(bits.length, decode(bits, h.tree) === t, Object.keys(h.table).sort().slice(0, 4).map(function (c) { return c + h.table[c]; }).join());
});
