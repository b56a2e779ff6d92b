// Case mappings that change the number of characters, and ones between distant blocks.
"use strict";
console.log("straße".toUpperCase(), "ß".toUpperCase().length, "İ".toLowerCase().length, "µ".toUpperCase().charCodeAt(0), "ĳ".toUpperCase(), "Ǆ".toLowerCase(), "ﬁ".toUpperCase());
console.log("Straße".toUpperCase().toLowerCase(), "ŉ".toUpperCase().length, "ǰ".toUpperCase().length, "ΐ".toUpperCase().length, "և".toUpperCase());
console.log("ſ".toUpperCase(), "K".toLowerCase(), "Å".toLowerCase() === "å", "ẞ".toLowerCase(), "ʼn".toUpperCase(), "ᾳ".toUpperCase().length);
