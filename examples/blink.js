// A traffic light for pedestrians: a state machine that a timer and a button drive.
// On a board `lamp` would set a pin; here it writes what it would set.
"use strict";
const lamp = (name, on) => console.log(`  ${name} ${on ? "on" : "off"}`);

function trafficLight() {
    let state = "red", left = 3, requested = false;
    const next = { red: "green", green: "amber", amber: "red" };
    const ticks = { red: 3, green: 4, amber: 1 };
    return {
        press: () => { requested = true; },
        tick: () => {
            if (state === "green" && requested && left > 1) left = 1;
            if (--left > 0) return state;
            lamp(state, false);
            state = next[state];
            left = ticks[state];
            if (state === "red") requested = false;
            lamp(state, true);
            return state;
        },
    };
}

const light = trafficLight();
for (let second = 1; second <= 12; second++) {
    if (second === 5) {
        console.log("button");
        light.press();
    }
    console.log(`${second}: ${light.tick()}`);
}
