console.log("b"); import "./a.mjs";
