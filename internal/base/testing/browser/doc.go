// Package browser drives a real Chromium the way a person does: it opens pages,
// clicks what can be seen, types, reads, and waits for words to appear.
//
// It owns one Chromium for each test process, or two where some people have a camera
// and some do not, and for each call of [New] or [WithCamera] a separate profile with
// cookies of its own. Errors in a page's console fail the
// test. It knows nothing of the program's screens and never looks inside the
// program. A step that cannot be done within the limit fails the test with the
// page's text and a picture in shots/failed. Read [Browser] first.
package browser
