// Package cast plays made-up sites in the rooms of briefings, so that one person alone can
// try picture and sound: each shows a moving test picture with its name and, while it has
// the floor, lets a soft tone be heard.
//
// It joins as sites do, in the seats that it is given, and gives way at once to whoever
// takes one at a browser: LiveKit ends the earlier connection of a seat. Once that person
// has left, it comes back. It decides nothing about briefings and writes nothing into them.
// Read [Cast].
package cast
