package newsui

// Remote is for tests.
var Remote = remote
