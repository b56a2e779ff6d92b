export const own = "own"; export { own as self };
