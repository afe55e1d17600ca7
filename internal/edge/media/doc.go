// Package media is picture and sound of briefings: who may join a briefing's room,
// the way browsers come to it, and what the chair does in it.
//
// The rooms themselves are LiveKit's. It runs as a child of this program that the
// [Supervisor] keeps alive, or elsewhere ([Outside]); everything else here takes a
// [Finder] and knows no difference. Browsers reach its signalling through the
// [Gate] alone, which asks at every connection; picture and sound go between them and
// LiveKit directly. The package decides nothing about briefings: whoever owns the
// gate says who may pass. It does not contain LiveKit, which is in server, so that what
// imports this package links little.
//
// Read [Seat] first, then [Gate] and [Supervisor].
package media
