// Where modules are found: package.json with "type", "exports" and "imports", packages with and without scopes.
import plain from "plain";
import { tool } from "@scope/kit";
import { deep } from "@scope/kit/parts/deep";
import { own } from "#own";
import { self } from "resolution/self";

console.log(plain, tool(), deep, own, self === own);
