// Conway's game of life: a glider on a small torus.
"use strict";
const width = 12, height = 6;
let cells = [" #          ", "  #         ", "###         ", "            ", "            ", "            "];

function alive(x, y) {
    return cells[(y + height) % height].charAt((x + width) % width) === "#";
}

function step() {
    const rows = [];
    for (let y = 0; y < height; y++) {
        let row = "";
        for (let x = 0; x < width; x++) {
            let neighbours = 0;
            for (let dy = -1; dy <= 1; dy++) {
                for (let dx = -1; dx <= 1; dx++) if ((dx || dy) && alive(x + dx, y + dy)) neighbours++;
            }
            row += neighbours === 3 || neighbours === 2 && alive(x, y) ? "#" : " ";
        }
        rows.push(row);
    }
    cells = rows;
}

for (let generation = 0; generation <= 8; generation++) {
    if (generation % 4 === 0) console.log(`generation ${generation}\n${cells.map((row) => `|${row}|`).join("\n")}`);
    step();
}
