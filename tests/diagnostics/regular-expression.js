// Unicode property escapes
var letters = /\p{L}+/u;
