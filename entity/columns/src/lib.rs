//! `#[derive(Columns)]`: a struct's fields become the SELECT list and the reader of its rows.
//!
//! It is a derive because the fields are to be listed once: a `macro_rules!` cannot see a struct that it did not make,
//! and one that makes the struct hides it from editors and from SeaORM's own derives.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields, Ident, LitStr, Result};

/// Implements `entity::Columns`. A field is the column of its name, in the table of `#[columns(table = "…")]` or of SeaORM's
/// `#[sea_orm(table_name = "…")]`; `#[columns(sql = "…")]` makes it an expression, `#[columns(row)]` a row of its own.
#[proc_macro_derive(Columns, attributes(columns))]
pub fn columns(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    syn::parse(input).and_then(|input| expand(&input)).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Struct(data) = &input.data else { return Err(Error::new_spanned(name, "a row is a struct")) };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(name, "the fields of a row have names"));
    };
    let table = table(&input.attrs)?;
    let (mut lists, mut reads) = (Vec::new(), Vec::new());
    let mut plain: Vec<String> = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        if let Some(column) = column(field, ident, table.as_deref())? {
            plain.push(column);
            reads.push(quote!(#ident: row.take()?));
        } else {
            let (list, kind) = (plain.join(", "), &field.ty);
            lists.extend((!list.is_empty()).then(|| quote!(::std::borrow::Cow::Borrowed(#list))));
            lists.push(quote!(<#kind as ::entity::Columns>::list()));
            plain.clear();
            reads.push(quote!(#ident: ::entity::Columns::read(row)?));
        }
    }
    let rest = plain.join(", ");
    lists.extend((!rest.is_empty()).then(|| quote!(::std::borrow::Cow::Borrowed(#rest))));
    let list = match lists.as_slice() {
        [one] => one.clone(),
        many => quote!(::std::borrow::Cow::Owned([#(#many),*].join(", "))),
    };
    Ok(quote! {
        impl ::entity::Columns for #name {
            fn list() -> ::std::borrow::Cow<'static, str> { #list }

            fn read(row: &mut ::entity::RowReader<'_>) -> ::std::result::Result<Self, ::entity::RowError> {
                Ok(Self { #(#reads),* })
            }
        }
    })
}

/// The table whose columns the fields are, if the struct says so.
fn table(attributes: &[Attribute]) -> Result<Option<String>> {
    let mut table = None;
    for attribute in attributes {
        let key = match attribute.path() {
            path if path.is_ident("columns") => "table",
            path if path.is_ident("sea_orm") => "table_name",
            _ => continue,
        };
        attribute.parse_nested_meta(|meta| {
            let value: Option<LitStr> = meta.value().and_then(|value| value.parse()).ok();
            if let (true, Some(value)) = (meta.path.is_ident(key), value) {
                table = Some(value.value());
            }
            Ok(())
        })?;
    }
    Ok(table)
}

/// SQL that is selected for a field; `None` for a row of its own.
fn column(field: &Field, name: &Ident, table: Option<&str>) -> Result<Option<String>> {
    let mut told = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("columns")) {
        attribute.parse_nested_meta(|meta| {
            told = Some(match &meta.path {
                path if path.is_ident("sql") => Some(meta.value()?.parse::<LitStr>()?.value()),
                path if path.is_ident("row") => None,
                _ => return Err(meta.error("`sql = \"…\"` or `row`")),
            });
            Ok(())
        })?;
    }
    match (told, table) {
        (Some(told), _) => Ok(told),
        (None, Some(table)) => Ok(Some(format!("{table}.{name}"))),
        (None, None) => {
            Err(Error::new_spanned(name, "of which table? `#[columns(table = \"…\")]` on the struct"))
        }
    }
}
