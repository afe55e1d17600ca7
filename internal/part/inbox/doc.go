// Package inbox says what waits for a person: reports that are due or were
// returned, drafts to be signed, what waits for acceptance, directives to be
// acknowledged, difficulties to be answered, tasks to be done and verified,
// papers to be initialled, signed, numbered and issued, figures to be cleared for the public, briefings to be answered, attended
// and minuted, and what is late below.
//
// It owns nothing and changes nothing: it asks the other parts for the units at
// which the person acts. Read [Work] and [For] first.
package inbox
