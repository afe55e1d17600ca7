// Package news is the public page of an organisation: articles that its desks write, and
// the opinions of readers beneath them.
//
// A desk saves a text as often as it likes; two who write at once do not lose each
// other's words. What the public reads is a version of that text: published, and
// corrected by a newer one that says what was corrected, while the older ones stay for
// the desk. A reader's comment waits until the desk has read it.
//
// Read [Article] first, then write.go, publish.go, [Send] and [Decide].
package news
