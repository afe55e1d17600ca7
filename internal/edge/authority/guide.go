package authority

import "embed"

// Texts are the package's own texts.
//
//go:embed texts.yaml
var Texts embed.FS

// FileName is the name under which a device gets [Authority.DER]. The ending
// makes Windows, macOS, Android and iPhones offer to install it.
const FileName = "giaoban.crt"

// Guide tells, in a few steps, how a kind of device learns to trust the
// authority. All are keys of texts; the steps have the place {file} for
// [FileName].
type Guide struct {
	Title string
	Steps []string
}

// Guides are the devices, the most frequent in offices first. Before each,
// the texts authority.why and authority.compare explain what it is about; they
// have the places {host} and {fingerprint}.
var Guides = []Guide{
	{"authority.windows", []string{"authority.windows.1", "authority.windows.2", "authority.windows.3"}},
	{"authority.android", []string{"authority.android.1", "authority.android.2", "authority.android.3"}},
	{"authority.iphone", []string{"authority.iphone.1", "authority.iphone.2", "authority.iphone.3"}},
	{"authority.mac", []string{"authority.mac.1", "authority.mac.2", "authority.mac.3"}},
	{"authority.linux", []string{"authority.linux.1", "authority.linux.2"}},
	{"authority.firefox", []string{"authority.firefox.1", "authority.firefox.2", "authority.firefox.3"}},
}
