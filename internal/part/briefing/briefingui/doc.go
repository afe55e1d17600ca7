// Package briefingui is the screens of briefings: the list, the form that calls one,
// its page with invitations and answers, the agenda with what the program proposes,
// the room in which it is held, and the minutes.
//
// The room is the same for everybody: a stage that is rendered once for each role and
// language whenever something happens, and pushed to all who sit there. What a person
// can do beside it depends on the seat. Read room.go first, then push.go.
package briefingui
