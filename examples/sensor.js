// A sensor filter: readings come as JSON, outliers are dropped, a moving average is reported as JSON.
"use strict";
const messages = [
    '{"t": 0, "celsius": 21.5}', '{"t": 1, "celsius": 21.7}', '{"t": 2, "celsius": 85.0}', '{"t": 3, "celsius"',
    '{"t": 4, "celsius": 22.1}', '{"t": 5}', '{"t": 6, "celsius": 22.4}', '{"t": 7, "celsius": 22.2}',
];

function movingAverage(size) {
    const window = [];
    return (value) => {
        window.push(value);
        if (window.length > size) window.shift();
        return window.reduce((sum, v) => sum + v, 0) / window.length;
    };
}

const smooth = movingAverage(3);
const report = { accepted: 0, rejected: [], latest: null };
let last = null;
for (const text of messages) {
    try {
        const reading = JSON.parse(text);
        if (typeof reading.celsius !== "number") throw new TypeError("no temperature");
        if (last !== null && Math.abs(reading.celsius - last) > 10) throw new RangeError(`jump to ${reading.celsius}`);
        last = reading.celsius;
        report.accepted++;
        report.latest = { t: reading.t, smooth: Number(smooth(last).toFixed(2)) };
        console.log(JSON.stringify(report.latest));
    } catch (e) {
        report.rejected.push(e instanceof SyntaxError ? "damaged message" : e.message);
    }
}
console.log(report);
