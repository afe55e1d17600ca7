// Package calendar knows on which days people work, and at which hours they are left
// in peace.
//
// It owns public holidays, which are data: those of a country are embedded, and what
// an organisation adds stands in its profile. It knows no deadlines and no clock.
// Read [Calendar] first.
package calendar
