//! Storage of enums in columns. Facts and lines store small integers (the source's own codes where it has
//! them); everything an operator reads with SQL stores its name.

/// Declares enums stored by code in a SMALLINT column, with their names for texts and JSON.
macro_rules! coded {
    ($($(#[doc = $doc:literal])+ $name:ident {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $code:literal $text:literal),+ $(,)?
    })+) => {$(
        $crate::listed! {
            $(#[doc = $doc])+
            $name as stringify!($name); [
                derive(PartialOrd, Ord, sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
                derive(serde::Serialize, serde::Deserialize),
                sea_orm(rs_type = "i16", db_type = "SmallInteger"),
            ] {
                $($(#[doc = $vdoc])+ $variant [serde(rename = $text), sea_orm(num_value = $code)] ($code) = $text,)+
            }
        }

        impl $name {
            /// The value with this code.
            #[must_use]
            pub const fn from_code(code: i16) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The stored code.
            #[must_use]
            pub const fn code(self) -> i16 { self as i16 }
        }
    )+};
}

/// Declares enums stored by name in a TEXT column.
macro_rules! named {
    ($($(#[doc = $doc:literal])+ $name:ident {
        $($(#[doc = $vdoc:literal])+ $variant:ident = $text:literal),+ $(,)?
    })+) => {$(
        $crate::listed! {
            $(#[doc = $doc])+
            $name as stringify!($name); [
                derive(PartialOrd, Ord, sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
                derive(serde::Serialize, serde::Deserialize),
                sea_orm(rs_type = "String", db_type = "Text"),
            ] {
                $($(#[doc = $vdoc])+ $variant [serde(rename = $text), sea_orm(string_value = $text)] = $text,)+
            }
        }

        impl $name {
            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    )+};
}
pub(crate) use {coded, named};
