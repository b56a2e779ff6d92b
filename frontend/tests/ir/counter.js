function makeCounter(step) {
    let count = 0;
    return () => (count += step);
}
print(makeCounter(2)());
