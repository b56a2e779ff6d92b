const shared = [];
for (let i = 0; i < 3; i++) shared.push(() => i);
for (let i = 0; i < 3; i++) {
    shared.push(() => i);
    if (i === 1) i = 2;
}
