// encodeURIComponent and its relatives.
"use strict";
var s = "a b&c=d/e?f#g;h,i+j'k(l)m*n!o~p_q-r.s@t$u:v%w\"x<y>z\\[]^`{|}";
console.log(encodeURIComponent(s));
console.log(encodeURI(s));
console.log(decodeURIComponent(encodeURIComponent(s)) === s, decodeURI(encodeURI(s)) === s);
console.log(encodeURIComponent("é日😀\u0000\u007f\u0080\u07ff\u0800\uffff"), decodeURIComponent("%C3%A9%E6%97%A5%F0%9F%98%80"), decodeURIComponent("a%20b+c"));
console.log(decodeURI("%23%24%26%2B%2C%2F%3A%3B%3D%3F%40%41"), encodeURIComponent(), encodeURIComponent(null), encodeURI([1, 2]), decodeURIComponent(""));
["%", "%4", "%zz", "%C3", "%C3%28", "%80", "%F8%80%80%80", "%ED%A0%80", "%C0%80"].forEach(function (t) { try { console.log(decodeURIComponent(t)); } catch (e) { console.log(t, e.name); } });
["\ud83d", "\ude00", "\ud83dx"].forEach(function (t) { try { console.log(encodeURIComponent(t)); } catch (e) { console.log(e instanceof URIError); } });
