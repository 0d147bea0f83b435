/* Counting keys in little room. */
#include "suite.h"

#include "runtime/tally.h"

#include <check.h>
#include <stdlib.h>

/* Keys 0 to kinds - 1, each three times, in no order. */
static int64_t next_key(int64_t i, int64_t kinds) {
  return i * 7919 % (kinds * 3) % kinds;
}

static void add_all(irmi_tallies *tallies, int64_t kinds, int64_t least) {
  for (int64_t i = 0; i < kinds * 3; i++)
    if (next_key(i, kinds) >= least) irmi_tallies_add(tallies, next_key(i, kinds));
  irmi_tallies_close(tallies);
}

START_TEST(every_key_is_counted_once_in_ascending_order) {
  enum { KINDS = 1000 };
  irmi_tally items[1200];
  int64_t room = _i, expected = 0, rounds = 0;
  irmi_tallies tallies = {.is_cut = true};
  while (tallies.is_cut) {
    tallies = irmi_tallies_open(items, room);
    add_all(&tallies, KINDS, expected);
    ck_assert(!tallies.is_cut || tallies.count >= room / 2);
    for (int64_t i = 0; i < tallies.count; i++) {
      ck_assert_int_eq(tallies.items[i].key, expected++);
      ck_assert_int_eq(tallies.items[i].count, 3);
    }
    rounds++;
  }
  ck_assert_int_eq(expected, KINDS);
  ck_assert_int_le(rounds, KINDS / (room / 2) + 1);
}
END_TEST

START_TEST(one_key_needs_no_room) {
  irmi_tally items[4];
  irmi_tallies tallies = irmi_tallies_open(items, 4);
  for (int i = 0; i < 100000; i++)
    irmi_tallies_add(&tallies, INT64_MAX);
  irmi_tallies_close(&tallies);
  ck_assert_int_eq(tallies.count, 1);
  ck_assert_int_eq(tallies.items[0].count, 100000);
  ck_assert(!tallies.is_cut);
}
END_TEST

int main(void) {
  Suite *all = suite_create("tally");
  TCase *tallies = tcase_create("tallies");
  tcase_add_loop_test(tallies, every_key_is_counted_once_in_ascending_order, 4, 60);
  tcase_add_test(tallies, one_key_needs_no_room);
  suite_add_tcase(all, tallies);
  return run_suite(all);
}
