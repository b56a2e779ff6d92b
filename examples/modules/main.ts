// A program in several files: TypeScript, an enumeration, a class with parameter properties, data from JSON.
// oracle: tsc Node 20 reads no TypeScript; the output is that of the JavaScript that tsc 5.9 makes of it
import * as filters from "./filters.js";
import { Sensor, type Reading } from "./sensor.js";
import settings from "./settings.json" with { type: "json" };

enum Level {
    Low,
    Normal,
    High,
}

function level(celsius: number): Level {
    if (celsius < settings.low) return Level.Low;
    return celsius > settings.high ? Level.High : Level.Normal;
}

const sensor = new Sensor("indoor", [180, 213, 266, 305]);
const readings: Reading[] = [...sensor];
for (const { at, celsius } of readings) console.log(at, celsius, Level[level(celsius)]);
console.log(sensor.name, filters.mean(readings.map((reading) => reading.celsius)));
