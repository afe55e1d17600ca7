// Package news is the public page of an organisation: articles that its desks write, and
// the opinions of readers beneath them.
//
// A desk saves a text as often as it likes; two who write at once do not lose each
// other's words. What the public reads is a version of that text: published, and
// corrected by a newer one that says what was corrected, while the older ones stay for
// the desk. A reader's comment waits until the desk has read it.
//
// A desk may keep a list of categories; a text that is saved is filed under one of them, by
// the name that it has then, and what was published stays under the name that it had.
//
// A reader who left an address hears by e-mail that the comment is shown, and by [Links] in
// letters takes it back, or has all that the address wrote erased.
//
// A picture is a desk's, and given to the public while a version that it reads shows it.
//
// Read [Article] first, then write.go, publish.go, [TakePicture], [Send] and [Decide].
package news
