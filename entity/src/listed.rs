//! Enums that carry their documentation: the API publishes a type with its values and descriptions from here, so
//! that a word stands in one place.

/// A closed list of values, with the name and the description under which the API publishes each.
pub trait Listed: Copy + PartialEq + 'static {
    /// The name of the type in the API.
    const NAME: &'static str;
    /// The description of the type.
    const DOC: &'static str;
    /// Every value in the order of declaration, with its name in `SCREAMING_SNAKE_CASE` and its description.
    const VALUES: &'static [(Self, &'static str, &'static str)];

    /// Finds the value that is published as `name`.
    #[must_use]
    fn published(name: &str) -> Option<Self> {
        Self::VALUES.iter().find(|(_, known, _)| *known == name).map(|(value, _, _)| *value)
    }
}

/// Declares an enum that is [`Listed`], with `ALL` and `name()`. The attributes in brackets go to the enum and to
/// its variants; a description of several lines is one paragraph.
///
/// ```
/// entity::listed! {
///     /// The state of a lamp.
///     State as "LampState"; [derive(PartialOrd)] {
///         /// It shines.
///         On [] = "ON",
///         /// It does not,
///         /// however dark it is.
///         Off [] = "OFF",
///     }
/// }
/// use entity::Listed;
/// assert_eq!((State::NAME, State::DOC), ("LampState", "The state of a lamp."));
/// assert_eq!(State::VALUES[1], (State::Off, "OFF", "It does not, however dark it is."));
/// ```
#[macro_export]
macro_rules! listed {
    ($(#[doc = $doc:literal])+ $name:ident as $published:expr; [$($meta:meta),* $(,)?] {
        $($(#[doc = $vdoc:literal])+ $variant:ident [$($vmeta:meta),*] $(($code:literal))? = $text:literal),+ $(,)?
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        $(#[$meta])*
        pub enum $name { $($(#[doc = $vdoc])+ $(#[$vmeta])* $variant $(= $code)?,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in texts, JSON and the API.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl $crate::Listed for $name {
            const NAME: &'static str = $published;
            // A line of documentation begins with a space, which also parts it from the line before.
            const DOC: &'static str = concat!($($doc),+).trim_ascii();
            const VALUES: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$variant, $text, concat!($($vdoc),+).trim_ascii())),+];
        }
    };
}
