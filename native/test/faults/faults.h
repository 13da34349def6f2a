/*
 * The plan of faults: a file of int64_t that the tests and the library have both mapped, so that a running server can be
 * told at any moment what shall go wrong next, and what has gone wrong can be read without asking it.
 *
 * The library writes the header and the names when it is loaded, unless they stand there already: a plan can be made
 * before the server starts.
 */
#ifndef POLLUX_FAULTS_H
#define POLLUX_FAULTS_H

#include <stdatomic.h>
#include <stdint.h>

/* The environment variable that names the file; without it every call is what it always was. */
#define FAULTS_VARIABLE "POLLUX_FAULTS"

enum { FAULTS_MAGIC = 0x706f6c6c, FAULTS_NAME = 16, FAULTS_ROOM = 128 };

/* Stands in the place of an errno: of these bytes one is moved. */
enum { FAULTS_ONE_BYTE = -1 };

struct faults_call {
    char name[FAULTS_NAME];
    _Atomic int64_t made;   /* how often it was called */
    _Atomic int64_t place;  /* n: the n-th call from now is hit, once; 0: none */
    _Atomic int64_t fate;   /* of that call: an errno, or FAULTS_ONE_BYTE */
    _Atomic int64_t every;  /* n: about every n-th call is hit, as the seed has it; 1: each; 0: none */
    _Atomic int64_t lasting; /* of those: an errno, or FAULTS_ONE_BYTE */
    _Atomic int64_t failed;
    _Atomic int64_t interrupted; /* failed with EINTR */
    _Atomic int64_t shortened;
};

struct faults_plan {
    _Atomic int64_t magic;
    int64_t count;
    _Atomic int64_t seed;
    _Atomic int64_t loaded; /* how many processes have loaded the library with this plan */
    _Atomic int64_t only;   /* n: the n-th of them alone, with its children, is hit and counted; 0: all */
    int64_t unused;
    struct faults_call calls[FAULTS_ROOM];
};

_Static_assert(sizeof(struct faults_call) == 80, "read by Java: 16 bytes of name and eight numbers");
_Static_assert(sizeof(struct faults_plan) == 48 + FAULTS_ROOM * 80, "read by Java: six numbers, then the calls");

#endif
