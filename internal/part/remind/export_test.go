package remind

import "context"

// Queue makes so many reminders of one thing, one a unit, as a round does.
func (r Rounds) Queue(ctx context.Context, cause string, list []Reminder) (n int, err error) {
	for i := range list {
		list[i].cause = cause
	}
	return r.writeAll(ctx, list)
}
