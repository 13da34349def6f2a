/* The least CGI program there is, linked statically: what is measured is the starting of it. */
#include <unistd.h>

int main(void) {
    static const char answer[] = "Content-Type: text/plain\n\nhello\n";
    return write(STDOUT_FILENO, answer, sizeof answer - 1) == (ssize_t)(sizeof answer - 1) ? 0 : 1;
}
