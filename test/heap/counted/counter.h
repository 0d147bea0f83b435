/* What a program asks of malloc and its family between two calls: counter.c takes their place. */
#ifndef COUNTER_H
#define COUNTER_H
#ifdef __cplusplus
extern "C" {
#endif
void counter_start(void);
void counter_stop(void); /* prints "allocations N peak BYTES" */
#ifdef __cplusplus
}
#endif
#endif
