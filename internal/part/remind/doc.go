// Package remind reminds units of what they owe: before a deadline, on its day and
// after it, and then tells the unit above.
//
// Reminders are made once a working day, after the quiet hours of the morning, by the
// business clock; what makes one due stands in its cause, and a unit hears of one
// cause once. An office also urges those below it by hand. Who is late is known to the
// board; mail goes out elsewhere, of what stands here.
//
// Read [Reminder] first, then plan.go, [Rounds] and [Press].
package remind
