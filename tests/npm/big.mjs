import Big from "big.js";

console.log(new Big("0.1").plus("0.2").toString(), new Big(2).sqrt().toFixed(10), new Big("1e30").div(7).toString());
