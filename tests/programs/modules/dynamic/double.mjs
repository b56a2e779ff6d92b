console.log("double runs"); export const double = (x) => 2 * x;
