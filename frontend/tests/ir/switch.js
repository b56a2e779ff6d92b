function kind(x) {
    switch (x) {
        case 1: case 2: return "few";
        default: x = "many";
        case "text": break;
    }
    return x;
}
print(kind(1), kind("text"), kind(9));
