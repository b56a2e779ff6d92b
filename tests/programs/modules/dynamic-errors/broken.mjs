console.log("never");
let twice = 1;
let twice = 2;
