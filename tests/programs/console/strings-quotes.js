// Quotes and escapes of strings inside containers.
"use strict";
console.log(["it's", 'say "hi"', "both ' and \"", "all ' \" `", "back\\slash", "nl\n tab\t", "\b\f\v\r\0\x1b\x7f", "plain"]);
console.log({ "it's": 1, 'q"q': 2, "a b": 3, "a-b": 4, "1a": 5, a1: 6, $d: 7, _u: 8, "": 9, "é": 10, "ünï": 11, 12: 13, "-1": 14, "1.5": 15 });
console.log(["\u0001\u001f\u0080\u009f\u00a0\u2028"].length, ["\u0001", "\u001f"], ["\u007f"]);
console.log(["a'b"], ["a\"b"], ["a`b"], ["a'b\"c"], ["a'b\"c`d"], [`\``]);
console.log({ "new\nline": 1, "quote'": "v'" });
console.log(["${x}", "$`"], ["'`"], ["\"`"]);
console.log("top 'level' \"unquoted\"");
