//! Keys of an issuer, and tokens signed with them past the product's own code.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RsaKeyPair};
use serde_json::{Value, json};

/// A private RSA key as text; also what a forger takes for a shared secret.
pub(crate) const RSA_PEM: &str = include_str!("rsa_test_key.pem");

/// What a token is signed with.
pub(crate) enum Key<'a> {
    /// A shared secret: HS256.
    Secret(&'a [u8]),
    /// An Ed25519 key from a seed that repeats this byte: EdDSA.
    Ed25519(u8),
    /// The RSA key of the tests: RS256.
    Rs256,
    /// The same, for an algorithm that nobody accepts.
    Rs384,
}

fn base64_url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa() -> RsaKeyPair {
    let text: String = RSA_PEM.lines().filter(|line| !line.starts_with("-----")).collect();
    RsaKeyPair::from_der(&STANDARD.decode(text).unwrap()).unwrap()
}

fn ed25519(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

impl Key<'_> {
    /// A token with these claims.
    pub(crate) fn sign(&self, claims: &Value, kid: Option<&str>) -> String {
        self.sign_as(Some("JWT"), claims, kid)
    }

    /// A token that says it is of this type.
    pub(crate) fn sign_as(&self, typ: Option<&str>, claims: &Value, kid: Option<&str>) -> String {
        let mut header = json!({ "alg": self.algorithm() });
        if let Some(typ) = typ {
            header["typ"] = json!(typ);
        }
        if let Some(kid) = kid {
            header["kid"] = json!(kid);
        }
        let message = format!("{}.{}", base64_url(header.to_string()), base64_url(claims.to_string()));
        format!("{message}.{}", base64_url(self.signature(message.as_bytes())))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Secret(_) => "HS256",
            Self::Ed25519(_) => "EdDSA",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
        }
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let by_rsa = |padding| {
            let key = rsa();
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(padding, &SystemRandom::new(), message, &mut signature).unwrap();
            signature
        };
        match self {
            Self::Secret(secret) => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
                ring::hmac::sign(&key, message).as_ref().to_vec()
            }
            Self::Ed25519(seed) => ed25519(*seed).sign(message).as_ref().to_vec(),
            Self::Rs256 => by_rsa(&RSA_PKCS1_SHA256),
            Self::Rs384 => by_rsa(&RSA_PKCS1_SHA384),
        }
    }

    /// The public key as a JWK.
    pub(crate) fn jwk(&self, kid: &str) -> Value {
        match self {
            Self::Secret(secret) => json!({ "kty": "oct", "kid": kid, "k": base64_url(secret) }),
            Self::Ed25519(seed) => {
                let point = base64_url(ed25519(*seed).public_key());
                json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": kid, "x": point })
            }
            Self::Rs256 | Self::Rs384 => {
                let key = PublicKeyComponents::<Vec<u8>>::from(rsa().public());
                let (n, e) = (base64_url(key.n), base64_url(key.e));
                json!({ "kty": "RSA", "alg": self.algorithm(), "kid": kid, "n": n, "e": e })
            }
        }
    }
}
