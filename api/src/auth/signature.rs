//! Signatures of tokens by `ring`, which TLS brings along anyway: HS256 is made and checked, RS256 and EdDSA are
//! checked.

use std::result::Result as Outcome;

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::signature::{Error, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, EncodingKey};
use ring::hmac;
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};

static RING: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: checker,
    // Keys are read from JWK sets and never written to one.
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes the library use `ring` in this process; whoever makes or checks tokens calls it first.
pub(super) fn use_ring() {
    // An error says that it was done before.
    let _ = RING.install_default();
}

struct Hs256(hmac::Key);

enum Checker {
    Hs256(hmac::Key),
    Rs256 { n: Vec<u8>, e: Vec<u8> },
    EdDsa(Vec<u8>),
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => {
            Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()))))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

/// The algorithm and the family of the key must fit: a public key never serves as a secret.
fn checker(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let checker = match (algorithm, key.family(), key.kind()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac, DecodingKeyKind::SecretOrDer(secret)) => {
            Checker::Hs256(hmac::Key::new(hmac::HMAC_SHA256, secret))
        }
        (Algorithm::RS256, AlgorithmFamily::Rsa, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            Checker::Rs256 { n: n.clone(), e: e.clone() }
        }
        (Algorithm::EdDSA, AlgorithmFamily::Ed, DecodingKeyKind::SecretOrDer(point)) => {
            Checker::EdDsa(point.clone())
        }
        _ => return Err(ErrorKind::InvalidAlgorithm.into()),
    };
    Ok(Box::new(checker))
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Outcome<Vec<u8>, Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl Verifier<Vec<u8>> for Checker {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Outcome<(), Error> {
        let checked = match self {
            Self::Hs256(key) => hmac::verify(key, message, signature),
            Self::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            Self::EdDsa(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature),
        };
        checked.map_err(|_| Error::new())
    }
}

impl JwtVerifier for Checker {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Hs256(_) => Algorithm::HS256,
            Self::Rs256 { .. } => Algorithm::RS256,
            Self::EdDsa(_) => Algorithm::EdDSA,
        }
    }
}
