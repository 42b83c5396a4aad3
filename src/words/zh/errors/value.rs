//! Values that the command line does not take, in Chinese.

use crate::error::ValueFault;

pub(in crate::words::zh) fn value(fault: ValueFault) -> String {
    match fault {
        ValueFault::Length => {
            "请给出大于零的 token 数，因为 0 会截掉每条记录的全部内容；不截断时请去掉该选项".to_owned()
        }
        ValueFault::Padding { most } => format!("请给出 pad token 数（0 到 {most}），或 `max`"),
        ValueFault::Shard => "请给出第几份和总份数，例如 3/8".to_owned(),
        ValueFault::Whole { least, greatest: u64::MAX } => format!("请给出不小于 {least} 的整数"),
        ValueFault::Whole { least, greatest } => format!("请给出 {least} 到 {greatest} 的整数"),
    }
}
