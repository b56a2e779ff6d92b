function early() { return late; }
print(typeof early);
let late = 1;
late = 2;
{
    const a = () => b;
    const b = 1;
    a();
}
