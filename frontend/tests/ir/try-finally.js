function f(xs) {
    for (const x of xs) {
        try {
            if (x) return x;
            xs.go();
        } catch (e) {
            break;
        } finally {
            xs.done = 1;
        }
    }
}
print(f([0]));
