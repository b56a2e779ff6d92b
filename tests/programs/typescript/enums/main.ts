// oracle: tsc Node 20 reads no TypeScript; the output is that of the JavaScript that tsc 5.9 makes of it
enum Plain {
    A,
    B,
    C = 10,
    D,
    Negative = -2,
}
enum Text {
    Yes = "yes",
    No = "no",
}
enum Mixed {
    A = 1 << 3,
    B = A | 1,
    Length = "four".length,
    Both = Length * 2,
    Name = "n",
}
const enum Inlined {
    One = 1,
    Two = One * 2,
    Text = "t",
}
enum Plain {
    E = 100,
}
function inner() {
    enum Local {
        X = Plain.C + 1,
        Y,
    }
    return Local.X + Local.Y;
}
console.log(Plain.A, Plain.D, Plain[10], Plain[-2], Plain.E, Plain["B"]);
console.log(Text.Yes, Object.keys(Text).join());
console.log(Mixed.B, Mixed.Length, Mixed.Both, Mixed[9], Mixed[8]);
console.log(Inlined.Two, Inlined["Text"], inner());
console.log(JSON.stringify(Plain), JSON.stringify(Mixed));
