#ifndef _H
#define _H
#define ONE 1          /* c */
#define SUM (ONE + 2)  // d
#define LOOP LOOP
#ifndef O_DIRECT
#define O_DIRECT 0x4000U
#endif
enum e {
  A,
  B = (1 << 3) | ONE,
  C,
#ifdef X
  D,
#endif
  E = 'x',
  F = sizeof(long)
};
#define BITS (BIT(3) | GENMASK(7, 4) | _AC(1, UL) << 40 | (__u32)-1 | ~0ULL / 3 % 5 ? 1 : 0)
#endif
/**
 * f - use them
 * long-desc: x
 * contexts: process | 0x10
 * param: a
 *   type: uint, in
 *   constraint-type: mask(BITS | SUM | E)
 *   arch-mask: x86 = O_DIRECT
 * param: b
 *   no colon
 */
int f(int a, void (*b)(int, char), char c[3], ...);
