package exchange

import "embed"

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS
