import { add } from "date-fns/add";
import { differenceInDays } from "date-fns/differenceInDays";
import { isLeapYear } from "date-fns/isLeapYear";

const date = add(new Date(Date.UTC(2024, 0, 31)), { months: 1, days: 2 });
console.log(date.toISOString(), isLeapYear(new Date(Date.UTC(2024, 5, 1))));
console.log(differenceInDays(new Date(Date.UTC(2024, 2, 1)), new Date(Date.UTC(2024, 1, 1))));
