//! The chat templates for which TRL has a version of its own with generation blocks.
//!
//! Follows TRL 1.16.0, `chat_template_utils.py` (`get_training_chat_template`), which compares whole texts; here stands a
//! fingerprint of each. `tests/data/make_trl_templates.py` prints the table.

use std::cell::Cell;
use xxhash_rust::xxh3::xxh3_128;

/// TRL's name of a template, and its fingerprint.
const KNOWN: &[(&str, u64)] = &[
    ("cohere2", 0xf555_a55b_eeb2_8eee),
    ("cohere", 0x1691_3247_e5fd_dff9),
    ("deepseek_r1_distill", 0x845f_df81_3c63_7ee2),
    ("deepseekv3", 0x4526_f885_d718_fa95),
    ("diffusion_gemma", 0x99f1_7d41_517c_751b),
    ("gemma3", 0xc90d_ea00_b85c_935d),
    ("gemma", 0x5c10_ee65_212d_93b3),
    ("glm4moe", 0x5f4d_d018_f452_1bc9),
    ("gptoss", 0x5da6_6262_d54a_9064),
    ("idefics3", 0x2750_4678_98fc_405a),
    ("lfm2", 0x7fae_f5d8_e49c_f520),
    ("lfm2_v2", 0x8f22_102d_7794_bb85),
    ("llama3", 0x0e60_067a_5537_498e),
    ("llava_next", 0xce77_4978_6d3f_fecd),
    ("muse_glimmer", 0x67bb_cd17_0ca4_388e),
    ("nemotron_3_5_lightning", 0xe024_b304_c346_f44d),
    ("nemotron_3_nano", 0x43b4_45dc_85f1_b759),
    ("nemotron_3_super", 0x4fd9_cf68_c291_e866),
    ("nemotron_3_ultra", 0x30fa_1947_e9ca_3dab),
    ("phi3_5", 0xcf27_8cde_387a_54c8),
    ("phi3", 0xeceb_db26_677c_663d),
    ("qwen2_5", 0xc2b2_7ee6_0f1b_8775),
    ("qwen2_5_vl", 0x7124_2f76_359e_71e8),
    ("qwen3_5_nothink", 0x407b_bcde_b627_37b7),
    ("qwen3_5_think", 0xf07c_510f_47fb_aca0),
    ("qwen3_6", 0x8ae3_a8bc_6e68_f114),
    ("qwen3_8", 0x8b6b_0871_c5db_260b),
    ("qwen3_instruct_2507", 0x3751_fe8e_a484_48ab),
    ("qwen3", 0x959a_4551_391a_6549),
    ("qwen3_vl", 0xf67a_fe26_6c47_0df1),
    ("smolvlm", 0x92cf_2b51_e627_e013),
];

/// FNV-1a of 64 bits.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |value, byte| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

thread_local! {
    /// The name of the template that was asked for last, under a quicker hash: the same is asked for with every record.
    static LAST: Cell<Option<(u128, Option<&'static str>)>> = const { Cell::new(None) };
}

/// TRL's name of a template, if it has a version of its own with generation blocks.
pub(super) fn name(template: &str) -> Option<&'static str> {
    let quick = xxh3_128(template.as_bytes());
    if let Some((_, name)) = LAST.get().filter(|(last, _)| *last == quick) {
        return name;
    }
    let found = fingerprint(template);
    let name = KNOWN.iter().find(|(_, known)| *known == found).map(|(name, _)| *name);
    LAST.set(Some((quick, name)));
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_that_of_the_script() {
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(name("{{ messages }}"), None);
    }
}
