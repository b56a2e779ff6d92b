// heap: 4k
// A sensor that is read by timers, and what waits for it, in a heap of 4 kB.
"use strict";

let reading = 20;

function sleep(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
}

async function measure(sensor) {
    await sleep(40);
    reading += 3;
    return sensor + ":" + reading;
}

async function poll(times) {
    const seen = [];
    for (let i = 0; i < times; i++) {
        seen.push(await measure("t" + i));
    }
    return seen;
}

const ticks = setInterval(() => console.log("tick", reading), 50);

poll(4)
    .then((seen) => console.log(seen.join(" ")))
    .finally(() => clearInterval(ticks));

async function limited() {
    return Promise.race([
        sleep(90).then(() => "slow"),
        sleep(20).then(() => { throw new Error("gave up"); }),
    ]);
}

limited().catch((error) => console.log(error.message));
