import Decimal from "decimal.js";

console.log(new Decimal("0.1").plus("0.2").toString(), Decimal.sqrt(2).toFixed(30), new Decimal(2).pow(0.5).toString(), Decimal.exp(1).toString());
