// exec and test: captures, classes, quantifiers, assertions.
"use strict"; function show(re, s) {
    var m = re.exec(s);
    console.log(m && m.index + ": " + JSON.stringify(m) + (m.groups ? " " + JSON.stringify(m.groups) : ""));
}
show(/b/, "abc"); show(/(a)|(b)/, "b"); show(/(a+)(b*)(c?)/, "xaabbd"); show(/^$/, ""); show(/z/, "abc");
show(/a{2}/, "aaa"); show(/a{2,}/, "aaaa"); show(/a{1,2}?/, "aaa"); show(/(ab){2,3}/, "abababab"); show(/x{0}y/, "xy");
show(/a*?b/, "aaab"); show(/(?:a|ab)(?:c|bcd)(d*)/, "abcd"); show(/(z)((a+)?(b+)?(c))*/, "zaacbbbcac");
show(/(a*)*/, "b"); show(/(a*)?/, "b"); show(/(?=(a+))a*b\1/, "baaabac"); show(/(?=(a+))/, "baaabac"); show(/(.*?)a(?!(a+)b\2c)\2(.*)/, "baaabaac");
show(/[^a-c\d]+/, "abc1xyz2"); show(/[\w-]+/, "  foo-bar_1 "); show(/[]/, "a"); show(/[^]/, "\n"); show(/[a\]]+/, "a]b"); show(/\s+/, "a \t\n\u00a0\ufeffb");
show(/\bfoo\b/, "a foo b"); show(/\Boo/, "foo"); show(/^b/m, "a\nb"); show(/a$/m, "a\nb"); show(/a.b/, "a\nb"); show(/a.b/s, "a\nb");
show(/\x41\u0042\103\cJ?/, "ABC"); show(/\0/, "\0"); show(/[\b]/, "\b"); show(/\//, "a/b"); show(/a{,2}/, "a{,2}"); show(/x{1/, "x{1"); show(/]}/, "]}");
show(/(?<year>\d{4})-(?<m>\d\d)/, "on 2024-05-17"); show(/(?<a>x)|(?<b>y)/, "y"); show(/(?<q>['"]).*?\k<q>/, "say 'it' \"no\"");
show(/(?<=\$)\d+(\.\d*)?/, "cost $42.50"); show(/(?<!\$)\b\d+/, "$1 22"); show(/(?<=(\d+)(\d+))$/, "1053"); show(/(?<=\1(\w))d/, "abcCd"); show(/(?<=^(\w{3}))def/, "abcdef");
show(/\2(a)(b)?/, "ab"); show(/(?:)/, ""); show(/a|/, "b"); show(/|a/, "a"); show(/((((((((((a))))))))))\10/, "aa");
show(/HeLLo/i, "say hEllO"); show(/[a-f]+/i, "xABCdef"); show(/\u00e9/i, "\u00c9"); show(/[\u03b1-\u03c9]/i, "\u03a3"); show(/k/i, "\u212a"); show(/k/iu, "\u212a"); show(/[^x]/i, "X"); show(/(a)\1/i, "aA");
show(/^.$/, "\ud83d\ude00"); show(/^.$/u, "\ud83d\ude00"); show(/\ud83d/, "\ud83d\ude00"); show(/\ud83d/u, "\ud83d\ude00"); show(/[\ud83d\ude00]/u, "\ud83d\ude00"); show(/\u{1f600}+/u, "\u{1f600}\u{1f600}x"); show(/\ude00/, "a\ud83d\ude00"); show(/^[^x]$/u, "\u{1f600}"); show(/(.)(.)/, "\u00e9\u4e2d");
console.log(/a/.test("cat"), /^a/.test("cat"), /undefined/.test(), /null/.test(null));
