// The Mandelbrot set in characters: floating-point arithmetic on a board without an FPU.
"use strict";
const shades = " .,:;+*%#@";
for (let y = -12; y <= 12; y += 2) {
    let line = "";
    for (let x = -42; x <= 14; x++) {
        const re = x / 20, im = y / 10;
        let a = 0, b = 0, n = 0;
        while (a * a + b * b <= 4 && n < 27) {
            const t = a * a - b * b + re;
            b = 2 * a * b + im;
            a = t;
            n++;
        }
        line += shades.charAt(n / 3);
    }
    console.log(line);
}
